package dev.grantway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.context.annotation.ConfigurationClassPostProcessor;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.core.type.filter.AssignableTypeFilter;

/**
 * What the app is made of outside of tests, where all of it is: tests in memory leave parts out.
 */
class BeansTest {

  @Test
  void everyBeanHasANameOfItsOwn() {
    var beans = new DefaultListableBeanFactory();
    beans.setAllowBeanDefinitionOverriding(false);
    var scanner = new ClassPathBeanDefinitionScanner(beans);
    scanner.addExcludeFilter(new AssignableTypeFilter(Application.class));
    scanner.addExcludeFilter(new AnnotationTypeFilter(TestConfiguration.class));
    scanner.scan("dev.grantway.admin");
    new ConfigurationClassPostProcessor().processConfigBeanDefinitions(beans);
    assertThat(beans.getBeanDefinitionNames())
        .contains("wiringLooks", "wiringThread", "schedules", "upkeep", "policyTable");
  }
}
